import { middleTruncate } from '../format'

const most = 160

/** A filter as it was written, cut where it is too long to be read: it can come from any link. */
export const FilterEcho = ({ q }: { q: string }) => (
  <code className="font-mono text-xs break-all text-fg">{middleTruncate(q, most)}</code>
)
