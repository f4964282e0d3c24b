import type { Finding } from '@/core/findings/finding'

/** Whom a finding reaches; those that are worse off than it says of itself come first, the rest nearest first. */
export const worseFirst = ({ affected, severity }: Pick<Finding, 'affected' | 'severity'>) =>
  affected
    .map((one) => ({ ...one, isWorse: one.health === 'failing' && severity !== 'failing' }))
    .toSorted((a, b) => Number(b.isWorse) - Number(a.isWorse))
