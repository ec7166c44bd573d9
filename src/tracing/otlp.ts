import { type Context, context, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { CodedError } from '../errors.ts';
import type { SpanStart, Tracing } from './tracing.ts';

export interface OtlpOptions {
  /** The collector's address for traces, e.g. `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  /** Share of the traces that are sent, from 0 to 1. */
  readonly ratio: number;
  readonly stage: string;
  /** True where a request's spans are sent before its answer. */
  readonly sendsBeforeAnswer: boolean;
}

/** Time for which spans wait for others. */
const SEND_AFTER_MS = 1_000;
/** Time for one sending. A collector that is slower or away costs the spans, never the answer. */
const MAX_SEND_MS = 1_000;
const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;

/**
 * Opens tracing by OpenTelemetry, with spans sent as OTLP over HTTP in JSON. The exporter itself reads the headers for the
 * collector, e.g. its key, from `OTEL_EXPORTER_OTLP_HEADERS`.
 */
export function otlpTracing({ url, ratio, stage, sendsBeforeAnswer }: OtlpOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: MAX_SEND_MS });
  const ofRatio = new TraceIdRatioBasedSampler(ratio);
  const provider = new TracerProvider({
    spanProcessors: [
      new BatchSpanProcessor({ exporter, scheduledDelayMillis: SEND_AFTER_MS, exportTimeoutMillis: MAX_SEND_MS }),
    ],
    // A caller's flag is not followed: a stranger would choose what is sent.
    sampler: new ParentBasedSampler({ root: ofRatio, remoteParentSampled: ofRatio, remoteParentNotSampled: ofRatio }),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = provider.getTracer('bridgehead');
  return {
    span({ name, kind, facts = {}, parent }, run) {
      const attributes = { 'deployment.environment.name': stage, ...asAttributes(facts) };
      const within = parent === undefined ? context.active() : continued(parent);
      return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes }, within, async (span) => {
        const { traceId, spanId, traceFlags } = span.spanContext();
        try {
          return await run({
            traceparent: `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`,
            set: (further) => void span.setAttributes(asAttributes(further)),
            fail: (code) => void span.setStatus({ code: SpanStatusCode.ERROR, message: code }),
          });
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
          throw error;
        } finally {
          span.end();
          if (sendsBeforeAnswer && kind === 'SERVER') await provider.forceFlush().catch(() => undefined);
        }
      });
    },
  };
}

function asAttributes(facts: NonNullable<SpanStart['facts']>) {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
}

/** Returns the context of another process's span. A header that isn't one begins a trace. */
function continued(traceparent: string): Context {
  const [, traceId, spanId] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined) return context.active();
  return trace.setSpanContext(context.active(), { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

/** Returns a code, or the class of an error: its message may quote a value. */
function codeOf(error: unknown): string {
  if (error instanceof CodedError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
