import { SetupError } from '../setup-error.ts';

/** Something in a history cannot be read. `history-key-missing`: its key is not here; `history-damaged`: it was changed. */
export class HistoryKeyError extends SetupError {
  readonly code: 'history-key-missing' | 'history-damaged';
  readonly keyId: string;
  constructor(code: HistoryKeyError['code'], keyId: string) {
    super(
      code === 'history-key-missing'
        ? `The history of a path was encrypted with the key ${keyId}, which is not among the keys here. Put the file with this key back from a backup or from another machine; until then the path stands still, and nothing of it is lost.`
        : `The history of a path was encrypted with the key ${keyId}, and does not open with it: it was changed, or the key was.`,
    );
    this.code = code;
    this.keyId = keyId;
  }
}
