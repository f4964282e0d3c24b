'use client'

import { useMemo } from 'react'
import type { Proposals, Wish } from '@/core/policy/edit/proposal'
import type { PolicyGround } from '@/core/policy/ground'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { DraftTest } from '@/core/policy/what-if/answer'
import { useDraftTests } from '../../policy-what-if/use-what-if'
import { StatusMark } from '../../status-mark'
import { endQuestion } from '../state/wish'
import { DecidesLine } from './decides-line'
import { othersWords, ProposalsMenu } from './proposals-menu'

type Props = {
  ground: PolicyGround
  changes: readonly PolicyChange[]
  /** What the editor was opened for; null: for no edge. */
  wish: Wish | null
  proposals: Proposals | null
  chosen: string | null
  notes: readonly string[]
  onChoose: (key: string) => void
}

/** The edge that this is about: how it is decided now and with the draft, the ways to change that, and who keeps the object. */
export function DecisionStrip({ ground, changes, wish, proposals, chosen, notes, onChoose }: Props) {
  const test = useMemo(() => testOf(ground, wish), [ground, wish])
  const tests = useMemo(() => (test ? [test] : []), [test])
  // What is only staged decides nothing.
  const { answer } = useDraftTests(ground, changes, tests, { staged: 'left-out', lane: 'decides' })
  const decided = answer?.[0]?.answer
  const told = decided && 'before' in decided ? decided : null
  const taken = proposals?.proposals.find(({ key }) => key === chosen)
  if (!test && notes.length === 0 && !proposals?.proposals.length) return null
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-4.5 gap-y-1.5 border-b border-line px-5 py-2.5">
      {test && (
        <DecidesLine
          before={told?.before ?? proposals?.now?.verdict ?? null}
          after={told?.after ?? null}
          why={told?.whyBefore ?? proposals?.now?.why ?? []}
          whyAfter={told?.whyAfter ?? []}
          untouched={changes.length === 0}
          about={`${test.from} → ${test.to} ${test.protocol} ${test.port ?? 'any port'}`}
        />
      )}
      {proposals && taken && (
        <div className="flex w-full items-center gap-3 text-xs text-fg-2">
          <ProposalsMenu proposals={proposals.proposals} chosen={chosen} onChoose={onChoose} />
          <span className="min-w-0 truncate">
            {taken.sentence} {othersWords(taken)}
          </span>
        </div>
      )}
      {taken && taken.cautions.length > 0 && (
        <ul aria-label="Know before" className="flex w-full flex-wrap gap-x-4 gap-y-0.5 text-xs text-fg-2">
          {taken.cautions.map((caution) => (
            <li key={caution}>
              <StatusMark status="warn" label="Know before:" /> {caution}
            </li>
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <ul className="w-full text-xs text-fg-2">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function testOf(ground: PolicyGround, wish: Wish | null): DraftTest | null {
  if (!wish || wish.wish === 'isolate') return null
  const { edge } = wish
  const [from, to] = [endQuestion(ground, edge.from), endQuestion(ground, edge.to)]
  if (from === null || to === null) return null
  return { from, to, protocol: edge.protocol, port: edge.port, expect: wish.wish === 'deny' ? 'denied' : 'allowed' }
}
