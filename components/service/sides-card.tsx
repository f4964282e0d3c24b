'use client'

import { useState } from 'react'
import type { ServiceDetail } from '@/core/services/service-detail'
import type { Window } from '@/core/time'
import type { PlotMark } from '../charts/plot-layers'
import { gapSpans } from '../charts/scale'
import { TimePlot } from '../charts/time-plot'
import { formatMs, formatWhen } from '../format'
import { sourceName } from '@/core/sources/source-name'
import { Card } from './card'
import { plotGroup, plotHeight } from './plot-group'

type Props = { service: ServiceDetail; marks: readonly PlotMark[]; onSelect: (window: Window) => void }

/** p95 as its callers measured it against its own: what lies between is the network, proxies and queues. */
export function SidesCard({ service: { sides, series }, marks, onSelect }: Props) {
  const [step, setStep] = useState<number | null>(null)
  const { client, server, by } = sides
  if (!client || !server || !by) {
    return (
      <Card title="Caller against callee">
        <p className="text-fg-3">
          Not known: no source measured the same calls at both ends. Proxies or traces on both sides would tell what the
          network between them takes.
        </p>
      </Card>
    )
  }
  const [atClient, atServer] =
    step === null ? [client.p95, server.p95] : [sides.clientP95[step] ?? null, sides.serverP95[step] ?? null]
  return (
    <Card
      title="Caller against callee, p95"
      figure={<span className="text-xs">{step === null ? sourceName(by.client) : formatWhen(sides.t[step])}</span>}
    >
      <TimePlot
        label={`p95 over time as callers measured it, ${formatMs(client.p95)}, and as the service did, ${formatMs(server.p95)}`}
        window={series.window}
        t={sides.t}
        stepMs={series.stepMs}
        lines={[
          { values: sides.clientP95, token: '--accent' },
          { values: sides.serverP95, token: '--fg-3', fill: true },
        ]}
        format={formatMs}
        gaps={gapSpans(series)}
        marks={marks}
        height={plotHeight}
        group={plotGroup}
        onCursor={(next) => setStep(next)}
        onSelect={onSelect}
      />
      <p className="mt-1.5 flex flex-wrap gap-x-4 text-xs text-fg-2">
        <Key token="--accent" words={`callers ${formatMs(atClient)}`} />
        <Key token="--fg-3" words={`the service ${formatMs(atServer)}`} />
        <span className="text-fg-3">mean between: {formatMs(sides.network)}</span>
      </p>
    </Card>
  )
}

const Key = ({ token, words }: { token: string; words: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <span aria-hidden="true" className="h-0.5 w-3" style={{ background: `var(${token})` }} />
    {words}
  </span>
)
