export function withNeighbours(script: string): string;
