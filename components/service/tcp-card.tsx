import type { ReactNode } from 'react'
import { verdicts } from '@/core/verdict'
import type { ServiceDetail } from '@/core/services/service-detail'
import { formatBytesRate, formatCount, formatRate, formatShort } from '../format'
import { StatusMark, verdictStatus } from '../status-mark'
import { Value } from '../value'
import { Card } from './card'

/** What the network saw below requests, in both directions. */
export function TcpCard({ service: { incoming, outgoing } }: { service: ServiceDetail }) {
  const sides = [incoming, outgoing]
  const line = (name: string, cell: (figures: NonNullable<typeof incoming>) => ReactNode) => (
    <tr key={name} className="h-7 border-t border-line">
      <th scope="row" className="text-left font-normal text-fg-2">
        {name}
      </th>
      {sides.map((figures, at) => (
        <td key={at === 0 ? 'in' : 'out'} className="text-right">
          {figures ? cell(figures) : <Value text="–" />}
        </td>
      ))}
    </tr>
  )
  return (
    <Card title="Connections and bytes">
      <table className="w-full text-xs" aria-label="Connections and bytes">
        <thead className="text-2xs text-fg-3">
          <tr>
            <th scope="col" className="sr-only">
              Figure
            </th>
            <th scope="col" className="text-right font-medium">
              In
            </th>
            <th scope="col" className="text-right font-medium">
              Out
            </th>
          </tr>
        </thead>
        <tbody>
          {line('Opened', (f) => (
            <Value text={formatRate(f.connectionRate)} />
          ))}
          {line('Open, on average', (f) => (
            <Value text={formatShort(f.openConnections)} />
          ))}
          {line('Bytes from the caller', (f) => (
            <Value text={formatBytesRate(f.sentRate)} />
          ))}
          {line('Bytes from the callee', (f) => (
            <Value text={formatBytesRate(f.receivedRate)} />
          ))}
          {verdicts
            .filter((verdict) => sides.some((figures) => figures?.verdicts[verdict]))
            .map((verdict) =>
              line(
                `Flows ${verdict === 'error' ? 'failed' : verdict === 'unknown' ? 'without a verdict' : verdict}`,
                (f) =>
                  f.verdicts[verdict] && verdictStatus[verdict] === 'bad' ? (
                    <StatusMark status="bad" label={formatCount(f.verdicts[verdict])} showLabel />
                  ) : (
                    formatCount(f.verdicts[verdict] ?? 0)
                  ),
              ),
            )}
        </tbody>
      </table>
    </Card>
  )
}
