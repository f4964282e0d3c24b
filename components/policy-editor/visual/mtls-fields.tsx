'use client'

import type { MtlsMode } from '@/core/policy/edit/visual'
import { useAnnounce } from '../../ui/announcer'
import { Button, IconButton } from '../../ui/button'
import { Select } from '../../ui/select'
import { Fact } from './fact'
import { useVisual } from './visual-context'
import { knownPorts } from './known-ports'
import { subjectOf } from './subject-of'

const modes: readonly { readonly value: MtlsMode; readonly label: string }[] = [
  { value: 'STRICT', label: 'strict: mTLS only' },
  { value: 'PERMISSIVE', label: 'permissive: both' },
  { value: 'DISABLE', label: 'disabled: plaintext' },
  { value: 'UNSET', label: 'as inherited' },
]

/** What a PeerAuthentication asks: mTLS for all ports, and for some of them another mode. */
export function MtlsFields() {
  const { visual, ground, edit } = useVisual()
  const announce = useAnnounce()
  const { mtls } = visual
  if (!mtls) return null
  const set = (port: number | null, mode: MtlsMode | null) =>
    announce(edit({ edit: 'set-mtls', port, mode }) ?? 'Changed')
  const picked = subjectOf(visual, ground.model)
  const served = picked === 'unknown' ? [] : knownPorts(picked.workloads, ground)
  const more = served.flatMap(({ port: { port } }) =>
    typeof port === 'object' && 'from' in port && !mtls.ports.some((one) => one.port === port.from) ? [port.from] : [],
  )
  return (
    <>
      <Fact term="mTLS">
        <Select
          aria-label="mTLS of all ports"
          className="h-7"
          value={mtls.mode}
          choices={modes}
          onChange={(mode) => set(null, mode)}
        />
      </Fact>
      {mtls.ports.map(({ port, mode }) => (
        <Fact key={port} term={`port ${port}`}>
          <span className="flex items-center gap-1">
            <Select
              aria-label={`mTLS of port ${port}`}
              className="h-7"
              value={mode}
              choices={modes}
              onChange={(next) => set(port, next)}
            />
            <IconButton label={`Remove the mode of port ${port}`} onClick={() => set(port, null)}>
              ×
            </IconButton>
          </span>
        </Fact>
      ))}
      {more.length > 0 && (
        <Fact term="other">
          <span className="flex flex-wrap gap-1">
            {more.slice(0, 6).map((port) => (
              <Button key={port} size="sm" variant="quiet" onClick={() => set(port, 'PERMISSIVE')}>
                + port {port}
              </Button>
            ))}
          </span>
        </Fact>
      )}
    </>
  )
}
