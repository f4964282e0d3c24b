'use client'

import { encryptionUnits } from '@/core/encryption/classes'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { plural } from '../format'
import { NothingHere } from '../shell/nothing-here'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { unitWords } from './class-words'
import type { EncryptionState } from './use-encryption-state'

/** Nothing to tell coverage of: nobody told the unit, nothing matches, nothing went, or nothing is connected. */
export function NoEncryption({ data, state }: { data: EncryptionPage; state: EncryptionState }) {
  const told = encryptionUnits.filter((unit) => data.units[unit].edges > 0)
  if (told.length === 0) {
    return (
      <NothingHere what="edge" title="No traffic in this time range">
        Coverage is measured from traffic, so without any there is nothing to say.
      </NothingHere>
    )
  }
  return (
    <EmptyState
      title={`Nobody told ${unitWords[state.unit]} in this time range`}
      actions={told.map((unit) => (
        <Button key={unit} onClick={() => void state.setState({ unit })}>
          Show {unitWords[unit]}, told on {plural(data.units[unit].edges, 'edge')}
        </Button>
      ))}
    >
      No source that is connected counts them on these edges.
    </EmptyState>
  )
}
