/** The calls of DynamoDB that Bridgehead makes, named and typed as in the AWS SDK. */
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';

/** Names of operations, as the SDK's document client has them, without `Command`. */
export type Operation =
  | 'BatchGet'
  | 'BatchWrite'
  | 'Delete'
  | 'Get'
  | 'Put'
  | 'Query'
  | 'Scan'
  | 'TransactWrite'
  | 'Update';

/** One call, with attributes as JavaScript values. */
export class Command<Input extends object = object, Output extends object = object> {
  /** The type of the answer; no value. */
  declare readonly output: Output;
  readonly operation: Operation;
  readonly input: Input;

  constructor(operation: Operation, input: Input) {
    this.operation = operation;
    this.input = input;
  }
}

export class BatchGetCommand extends Command<BatchGetCommandInput, BatchGetCommandOutput> {
  constructor(input: BatchGetCommandInput) {
    super('BatchGet', input);
  }
}

export class BatchWriteCommand extends Command<BatchWriteCommandInput, BatchWriteCommandOutput> {
  constructor(input: BatchWriteCommandInput) {
    super('BatchWrite', input);
  }
}

export class DeleteCommand extends Command<DeleteCommandInput, DeleteCommandOutput> {
  constructor(input: DeleteCommandInput) {
    super('Delete', input);
  }
}

export class GetCommand extends Command<GetCommandInput, GetCommandOutput> {
  constructor(input: GetCommandInput) {
    super('Get', input);
  }
}

export class PutCommand extends Command<PutCommandInput, PutCommandOutput> {
  constructor(input: PutCommandInput) {
    super('Put', input);
  }
}

export class QueryCommand extends Command<QueryCommandInput, QueryCommandOutput> {
  constructor(input: QueryCommandInput) {
    super('Query', input);
  }
}

export class ScanCommand extends Command<ScanCommandInput, ScanCommandOutput> {
  constructor(input: ScanCommandInput) {
    super('Scan', input);
  }
}

export class TransactWriteCommand extends Command<TransactWriteCommandInput, TransactWriteCommandOutput> {
  constructor(input: TransactWriteCommandInput) {
    super('TransactWrite', input);
  }
}

export class UpdateCommand extends Command<UpdateCommandInput, UpdateCommandOutput> {
  constructor(input: UpdateCommandInput) {
    super('Update', input);
  }
}
