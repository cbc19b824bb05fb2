/** Reading a job's report. */
import { Failure, type JobReport } from './backend/backend';

export function isOver(job: JobReport | undefined): boolean {
  return job !== undefined && job.state !== 'running';
}

export function failureOf(job: JobReport | undefined): Failure | undefined {
  if (job?.state === 'cancelled') return new Failure('cancelled');
  return job?.state === 'failed' ? readFailure(job.failure) : undefined;
}

/** Go sends its refusals as JSON text: {code, values, fields}. Anything else is something nobody foresaw. */
export function readFailure(text: string): Failure {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && 'code' in read && typeof read.code === 'string') {
      const { code, values, fields } = read as { code: string; values?: Failure['values']; fields?: Failure['fields'] };
      return new Failure(code, values ?? {}, fields ?? {});
    }
  } catch {
    // Not JSON: told as it is.
  }
  return new Failure('unexpected', { detail: text });
}
