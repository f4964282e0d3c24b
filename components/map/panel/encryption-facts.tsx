import Link from 'next/link'
import type { EdgeEncryption } from '@/core/encryption/edge-encryption'
import { encryptionUnits } from '@/core/encryption/classes'
import type { GraphEdge } from '@/core/graph/graph'
import { basisWords, shareWords, summaryStatus, summaryWords } from '../../encryption-words'
import { formatCount, formatPercent } from '../../format'
import { StatusMark } from '../../status-mark'
import { useKeptSearch } from '../../shell/use-kept-search'
import { type EdgeClass, edgeClass } from '../lens'
import { Fact } from './panel-parts'

/** `sel`: id of the edge whose evidence can be opened; null of several together. */
type Props = { readonly encryption: EdgeEncryption; readonly sel: string | null }

/** What protected an edge: in one word, then its classes in each unit that differs, and on whose words that rests. */
export function EncryptionFacts({ encryption, sel }: Props) {
  const { summary, units } = encryption
  const told = encryptionUnits.flatMap((unit) => {
    const shares = units[unit]
    return shares ? [{ unit, shares, words: shareWords(shares) }] : []
  })
  const [first, ...others] = told
  const differing = others.filter(({ words }) => words !== first?.words)
  return (
    <>
      <Fact name="Encryption">
        <StatusMark status={summaryStatus(summary)} label={summaryWords[summary]} showLabel />
      </Fact>
      <div className="border-b border-line py-1.5 text-xs text-fg-2">
        {first && (
          <ul className="flex flex-col gap-1" aria-label={`What protected its ${first.unit}`}>
            {first.shares.map((each) => (
              <li key={each.class}>
                {summaryWords[each.class]} <span className="tabular-nums">{formatPercent(each.share)}</span> of{' '}
                {first.unit}, <span className="wrap-anywhere">{basisWords(each)}</span>
              </li>
            ))}
          </ul>
        )}
        {differing.map(({ unit, words }) => (
          <p key={unit}>
            Of {unit}: {words}
          </p>
        ))}
        <EvidenceLink sel={sel} />
      </div>
    </>
  )
}

/** What protected that which comes in to a node: edges by class, the worst first. */
export function IncomingEncryption({ edges }: { edges: readonly GraphEdge[] }) {
  if (edges.length === 0) return null
  const counts = new Map<EdgeClass, number>()
  for (const edge of edges) {
    const meaning = edgeClass(edge, 'encryption')
    counts.set(meaning, (counts.get(meaning) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => b.rank - a.rank || m - n)
  return (
    <Fact name="Encryption">
      <span className="inline-flex flex-wrap items-center justify-end gap-x-3">
        {sorted.map(([{ key, words, rank, style }, count]) => (
          <StatusMark
            key={key}
            status={rank > 1 ? 'warn' : style.tone === 'unknown' ? 'unknown' : 'ok'}
            label={`${words} ${formatCount(count)}`}
            showLabel
          />
        ))}
        <EvidenceLink sel={null} />
      </span>
    </Fact>
  )
}

/** To the page that shows on what it rests. */
export function EvidenceLink({ sel }: { sel: string | null }) {
  const kept = useKeptSearch()
  const query = sel === null ? kept : `${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(sel)}`
  return (
    <Link href={`/encryption${query}`} className="inline-flex h-6 items-center text-accent hover:underline">
      {sel === null ? 'Encryption coverage' : 'Evidence'}
    </Link>
  )
}
