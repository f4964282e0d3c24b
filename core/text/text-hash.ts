/** FNV-1a, an unsigned 32-bit number: cheap and the same everywhere, no defence against whoever wants collisions. */
export function textHash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}
