'use client'

import { totalOf } from '@/core/encryption/coverage'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import type { EncryptionClass } from '@/core/encryption/classes'
import { formatPercent } from '../format'
import { Card } from '../service/card'
import { ClassBar } from './class-bar'
import { ClassSwatch } from './class-mark'
import { amountText, barClasses, classSentence, classWords, exposedOf, unitWords } from './class-words'
import { boundsText, coverageText, showsBounds } from './coverage-text'
import { LayerLines } from './layer-lines'
import { untoldSentence } from './untold'

type Props = { data: EncryptionPage; onFigure: (only: EncryptionClass | null) => void }

/** How much is encrypted, at least and at most, and with what. */
export function HeadlineCard({ data, onFigure }: Props) {
  const { coverage, amounts, unit, edges, accepted } = data
  const all = exposedOf(amounts)
  const untold = untoldSentence(data)
  const unknown = all > 0 ? amounts.unknown / all : 0
  return (
    <Card title="Encrypted in transit, measured" className="flex flex-col">
      <div className="flex flex-wrap items-end gap-x-3.5 gap-y-1">
        <button
          type="button"
          onClick={() => onFigure(null)}
          className="rounded-sm text-[36px] leading-10 font-semibold tracking-tight hover:underline hover:decoration-2 hover:underline-offset-4"
        >
          <span className="sr-only">Evidence of the coverage of </span>
          {coverageText(coverage, ' – ')}
        </button>
        <p className="text-fg-2">
          of {unitWords[unit]} between nodes and to the outside
          <br />
          <span className="text-fg-3">
            {boundsText(coverage)}
            {unknown > 0 && showsBounds(coverage) && `: ${formatPercent(unknown)} has no evidence`}
          </span>
        </p>
      </div>
      <div className="mt-2.5">
        <ClassBar amounts={amounts} tall />
      </div>
      <ul
        aria-label="By class"
        className="mt-1.5 grid grid-cols-[repeat(auto-fill,minmax(188px,1fr))] gap-x-1 gap-y-0.5"
      >
        {barClasses
          .filter((each) => amounts[each] > 0)
          .map((each) => (
            <LegendItem key={each} of={each} share={amounts[each] / all} onOpen={() => onFigure(each)} />
          ))}
        {amounts['same-node'] > 0 && (
          <LegendItem
            of="same-node"
            share={amounts['same-node'] / totalOf(amounts)}
            prefix="beside it: "
            onOpen={() => onFigure('same-node')}
          />
        )}
      </ul>
      <LayerLines layers={data.layers} unit={unit} />
      <p className="mt-auto min-h-10 pt-2 text-xs text-fg-3">
        {amountText(totalOf(amounts), unit)} on {edges.counted} {edges.counted === 1 ? 'edge' : 'edges'}
        {edges.withoutUnit > 0 && `; of ${edges.withoutUnit} more nobody told ${unitWords[unit]}`}
        {edges.carriers > 0 && `; ${edges.carriers} more are counted by others and left out`}
        {accepted.edges > 0 && all > 0 && `; ${formatPercent(accepted.amount / all)} is accepted plaintext`}.
        {untold && ` ${untold}`}
      </p>
    </Card>
  )
}

type ItemProps = { of: EncryptionClass; share: number; prefix?: string; onOpen: () => void }

const LegendItem = ({ of, share, prefix = '', onOpen }: ItemProps) => (
  <li>
    <button
      type="button"
      onClick={onOpen}
      title={classSentence[of]}
      className="-ml-1 inline-flex h-6 items-center gap-1.5 rounded-sm px-1 text-left text-xs whitespace-nowrap hover:bg-hover"
    >
      <ClassSwatch of={of} />
      <span>
        <span className="text-fg-3">{prefix}</span>
        {classWords[of]} {formatPercent(share)}
      </span>
    </button>
  </li>
)
