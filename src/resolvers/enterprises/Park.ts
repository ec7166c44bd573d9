import { dayInShanghai } from '../../domain/calendar/day.ts';
import { argumentsAtEntries, dayRange } from '../../subgraph/arguments.ts';
import { enterprisesOfPark, listRequest } from './enterprises-of-park.ts';
import type { DirectiveOutstandingArgs, ParkResolvers } from './generated/types.ts';
import { breakdowns } from './published-figures/breakdowns.ts';
import { dayOf, shownAsOf, shownDay } from './published-figures/figures.ts';

export const Park: ParkResolvers = {
  enterprises: ({ id }, { sector, size, ...page }, { store }, info) =>
    enterprisesOfPark(store, { parkId: id, sector, size }, 'Park.enterprises', listRequest(page, info)),
  enterpriseCount: async ({ id }, { on }, { store, request }) => {
    const { ofPark, levelOn } = store.parkFigures;
    const [figures, level] = await Promise.all([ofPark.load(id), levelOn(id, on ?? dayInShanghai(request.now))]);
    return figures && level.residents;
  },
  resumption: async ({ id }, given, { store, request }) => {
    const { ofPark, publicationOf } = store.parkFigures;
    const [figures, publication, asked] = await Promise.all([
      ofPark.load(id),
      publicationOf.load(id),
      given.on == null ? null : dayOf(store.parkFigures, id, given.on),
    ]);
    const on = given.on ?? (figures && (await store.parkFigures.lastReportedOn(figures)));
    if (!figures || on === null) return null;
    const day = asked ?? (await dayOf(store.parkFigures, id, on));
    const stored = { parkId: id, publication, ...day, now: request.now };
    return given.asOf == null ? shownDay(stored) : shownAsOf(stored, given.asOf, store.parkFigures);
  },
  resumptionSeries: async ({ id }, given, { store, request }) => {
    const { from, to } = dayRange(given);
    const [figures, publication, days] = await Promise.all([
      store.parkFigures.ofPark.load(id),
      store.parkFigures.publicationOf.load(id),
      store.parkFigures.ofDays(id, from, to),
    ]);
    if (!figures) return null;
    const { now } = request;
    const shown = await Promise.all(
      days.map(async (day) => {
        const level = await store.parkFigures.levelOn(id, day.on);
        return { day, ...shownDay({ parkId: id, publication, day, level, now }) };
      }),
    );
    return shown.filter(({ day, revision }) => (day.counted?.reported ?? 0) > 0 || revision !== null);
  },
  ...breakdowns,
  figuresProposals: ({ id }, page, { store }) => store.proposals.listOfPark(id, page),
  courses: ({ id }, { from, ...page }, { store, request }) =>
    store.courses.listOfPark(id, from ?? request.now.toISOString(), page),
  directives: ({ id }, page, { store }, info) => {
    for (const { park, first, after } of argumentsAtEntries(info, 'outstanding') as DirectiveOutstandingArgs[])
      if (park === id) store.directives.readAhead(id, { first, after });
    return store.directives.listOfPark(id, page);
  },
  inspections: ({ id }, { openOn, ...page }, { store }) => store.inspections.listOfPark(id, openOn ?? null, page),
  projects: ({ id }, { stage, ...page }, { store }) => store.projects.listOfPark(id, stage ?? null, page),
};
