'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { EncryptionClass } from '@/core/encryption/classes'
import { totalOf } from '@/core/encryption/coverage'
import { type FigureOf, figureOfText } from '@/core/encryption/figure-of'
import { formatPercent, plural } from '../format'
import { Section } from '../map/panel/panel-parts'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { buttonClass } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { useFilter, useViewParams } from '../url-state'
import { ClassBar } from './class-bar'
import { ClassLine } from './class-line'
import { ClassMark } from './class-mark'
import { amountText, classSentence, classWords, exposedOf } from './class-words'
import { boundsText, coverageText } from './coverage-text'
import { figureFilter, figureTitle } from './figure-links'
import { edgeName } from './parts'
import { encryptionFigureQuery } from './queries'
import type { EncryptionState } from './use-encryption-state'

type Props = { of: FigureOf; only: EncryptionClass | null; state: EncryptionState }

/** On what a figure rests: who told how much of it, how sure it is, and the edges that it is the sum of. */
export function FigureEvidence({ of, only, state }: Props) {
  const params = useViewParams()
  const { data, error, refetch } = useQuery(
    encryptionFigureQuery({ ...params, unit: state.unit, of: figureOfText(of), class: only ?? undefined }),
  )
  const links = useLinks(of, only)
  if (!data) {
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
    return (
      <div className="flex flex-col gap-3 py-4">
        <Skeleton className="h-6 w-2/3" />
        <Skeleton className="h-4" />
        <Skeleton className="h-48" />
      </div>
    )
  }
  const { amounts, coverage, parts, edges, edgeCount, unit } = data
  const whole = only === 'same-node' ? totalOf(amounts) : exposedOf(amounts)
  const share = (amount: number) => formatPercent(whole > 0 ? amount / whole : null)
  return (
    <>
      <h3 className="pt-3 text-lg font-semibold">{figureTitle(of)}</h3>
      <p className="text-fg-2">
        {only ? (
          <span className="inline-flex items-center gap-1.5">
            <ClassMark of={only} /> {classWords[only]}: {share(amounts[only])}, {amountText(amounts[only], unit)}
          </span>
        ) : (
          `${coverageText(coverage)} of ${unit}: ${boundsText(coverage)}`
        )}
      </p>
      {only && <p className="mt-1 text-xs text-fg-3">{classSentence[only]}</p>}
      <div className="py-2">
        <ClassBar amounts={amounts} />
      </div>
      <Section title="Who told it" count={amountText(totalOf(amounts), unit)}>
        <ul aria-label="Who told it">
          {parts.map((part) => (
            <ClassLine
              key={`${part.class} ${part.basis} ${part.witnesses.join()}`}
              of={part}
              className="border-b border-line py-1.5 last:border-b-0"
            >
              {share(part.amount)}
              <span className="block text-xs text-fg-3">{plural(part.edges, 'edge')}</span>
            </ClassLine>
          ))}
        </ul>
      </Section>
      <Section
        title={only ? `Edges with ${classWords[only]}` : 'Edges, most first'}
        count={edges.length < edgeCount ? `${edges.length} of ${edgeCount}` : plural(edgeCount, 'edge')}
      >
        <ul aria-label="Edges">
          {edges.map((edge) => (
            <li key={edge.id}>
              <button
                type="button"
                onClick={() => state.openEdge(edge.id)}
                className="flex w-full items-center gap-3 border-b border-line py-1.5 text-left hover:bg-hover"
              >
                <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{edgeName(edge)}</span>
                <span className="w-20 shrink-0">
                  <ClassBar amounts={edge.amounts} />
                </span>
                <span className="w-14 shrink-0 text-right text-xs">{share(edge.amount)}</span>
              </button>
            </li>
          ))}
        </ul>
        {edges.length === 0 && <p className="text-fg-3">None in this time.</p>}
      </Section>
      <div className="flex gap-2 pt-2">
        <Link href={links.flows} className={buttonClass('primary')}>
          Flows
        </Link>
        <Link href={links.map} className={buttonClass()}>
          On the map
        </Link>
      </div>
    </>
  )
}

function useLinks(of: FigureOf, only: EncryptionClass | null) {
  const kept = useKeptSearch()
  const [q] = useFilter()
  const query = new URLSearchParams(kept)
  const filter = [q, figureFilter(of, only)].filter(Boolean).join(' ')
  if (filter) query.set('q', filter)
  const flows = `/flows?${query}`
  query.set('lens', 'encryption')
  return { flows, map: `/?${query}` }
}
