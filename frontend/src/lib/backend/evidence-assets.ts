/** Evidence comes by addresses of the program’s own, not over the bridge: it can be larger than memory. */
import { readFailure } from '../jobs';
import type { Failure } from './backend';
import type { TextPreview } from './evidence';

export function evidenceAddress(caseId: string, evidenceId: string, part?: 'thumbnail' | 'upright' | 'text'): string {
  const file = `/evidence/${encodeURIComponent(caseId)}/${encodeURIComponent(evidenceId)}`;
  return part ? `${file}/${part}` : file;
}

export async function evidenceContent(caseId: string, evidenceId: string): Promise<Blob> {
  return (await get(evidenceAddress(caseId, evidenceId))).blob();
}

export async function evidenceText(caseId: string, evidenceId: string): Promise<TextPreview> {
  return (await get(evidenceAddress(caseId, evidenceId, 'text'))).json() as Promise<TextPreview>;
}

export async function evidenceTrouble(caseId: string, evidenceId: string): Promise<Failure | undefined> {
  const answer = await fetch(evidenceAddress(caseId, evidenceId), { headers: { Range: 'bytes=0-0' } });
  return answer.ok || answer.status === 416 ? undefined : readFailure(await answer.text());
}

async function get(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw readFailure(await answer.text());
  return answer;
}
