import type { Finding } from '@/core/findings/finding'

/** A finding as the page of a service tells it: that it reaches this service is why it stands there. */
export const withoutAffected = (finding: Finding, service: string): Finding => ({
  ...finding,
  affected: finding.affected.filter(({ id }) => id !== service),
})
