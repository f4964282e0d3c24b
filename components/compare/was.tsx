/** What a figure was in the window that is compared with, beside what it is. */
export const Was = ({ value }: { value: string | null }) =>
  value === null ? null : <span className="text-2xs font-normal text-fg-3">was {value}</span>
