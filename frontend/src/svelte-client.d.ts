/** What the page takes from the part of Svelte that compiled components call, which has no types of its own. */
declare module 'svelte/internal/client' {
  /** A text, an empty comment, or an element with its attributes and children. */
  export type Structure = (
    string | undefined | [name: string, attributes: Record<string, string>, ...children: Structure]
  )[];

  /** What makes copies of the nodes. */
  export function from_tree(structure: Structure, flags: number): () => Node;
}
