import type { ServiceDetail } from '@/core/service-detail'

const opening = { failing: 'Failing', degraded: 'Degraded', healthy: 'Healthy', unknown: 'Health unknown' } as const

/** How it is and why, as one sentence. */
export function Why({ service: { health, why, presence } }: { service: ServiceDetail }) {
  if (presence === 'idle') return <p>No traffic was seen in this time range.</p>
  return (
    <p>
      <b className="font-semibold text-fg">{opening[health]}</b>
      {why ? `: ${why}.` : '.'}
    </p>
  )
}
