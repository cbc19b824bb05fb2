import { describe, expect, it } from 'vitest';
import { readFailure } from './jobs';

describe('what Go refused', () => {
  it('is read from its JSON text', () => {
    const failure = readFailure(
      '{"code":"several","values":{"count":"2"},"fields":{"promises.0.what":{"code":"missing","values":{"field":"what"}}}}',
    );
    expect(failure.code).toBe('several');
    expect(failure.fields['promises.0.what']?.code).toBe('missing');
  });

  it.each(['', 'Call to Cases.List failed', '[object Object]', 'null', '{"code":3}'])(
    'is “unexpected” when it is %j',
    (text) => {
      expect(readFailure(text)).toMatchObject({ code: 'unexpected', values: { detail: text } });
    },
  );
});
