'use client'

import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { ExceptionsCard } from './exceptions-card'
import { FindingsCard } from './findings-card'
import { gridClass } from './grid'
import { HeadlineCard } from './headline-card'
import { MatrixCard } from './matrix-card'
import { Notes } from './notes'
import { PlaintextCard } from './plaintext-card'
import { ReadinessCard } from './readiness-card'
import { RowsCard } from './rows-card'
import { TrendCard } from './trend-card'
import { TunnelsCard } from './tunnels-card'
import { UnknownCard } from './unknown-card'
import type { EncryptionState } from './use-encryption-state'

type Props = {
  data: EncryptionPage
  state: EncryptionState
  /** When the figures were fresh last, milliseconds; null while they are. */
  staleSince: number | null
  canChange: boolean
  /** null: some edges, which the reader names. */
  onAccept: (edge: EncryptionPage['plaintext'][number] | null) => void
}

/** The answer as cards: how much, since when, where, what is not and why, by which ground. */
export function EncryptionBody({ data, state, staleSince, canChange, onAccept }: Props) {
  return (
    <>
      <div className="flex flex-col gap-2 px-3 [&:not(:empty)]:pt-3">
        <Notes data={data} staleSince={staleSince} />
      </div>
      <div className={gridClass}>
        <div className="flex flex-col lg:col-span-7 [&>section]:flex-1">
          <HeadlineCard data={data} onFigure={(only) => state.openFigure({ type: 'all' }, only)} />
        </div>
        <div className="flex flex-col lg:col-span-5 [&>section]:flex-1">
          <TrendCard state={state} />
        </div>
        <div className="flex flex-col lg:col-span-7 [&>section]:flex-1">
          <RowsCard data={data} state={state} />
        </div>
        <div className="flex flex-col gap-3 lg:col-span-5 [&>section:last-child]:flex-1">
          <ReadinessCard window={data.window} state={state} />
          <TunnelsCard data={data} />
        </div>
        <div className="lg:col-span-12">
          <PlaintextCard data={data} state={state} onAccept={canChange ? onAccept : null} />
        </div>
        <div className="empty:hidden lg:col-span-12">
          <FindingsCard state={state} />
        </div>
        <div className="lg:col-span-12">
          <MatrixCard data={data} state={state} />
        </div>
        <div className="lg:col-span-12">
          <UnknownCard data={data} state={state} />
        </div>
        <div className="lg:col-span-12">
          <ExceptionsCard canChange={canChange} onAdd={() => onAccept(null)} />
        </div>
      </div>
    </>
  )
}
