'use client'

import { useMemo, useRef, useState } from 'react'
import type { PolicyEdit } from '@/core/policy/edit/policy-edit'
import { pathText } from '@/core/policy/edit/path'
import type { Visual } from '@/core/policy/edit/visual'
import type { PolicyGround } from '@/core/policy/ground'
import { RuleLines } from './rule-lines'
import { SideColumn } from './side-column'
import { SubjectCard } from './subject-card'
import { type Ask, VisualProvider, type VisualTools } from './visual-context'
import { VisualDialogs } from './visual-dialogs'

type Props = {
  visual: Visual
  /** The same of what stands in the cluster; null: nothing does. */
  base: Visual | null
  ground: PolicyGround
  /** Makes an edit; a sentence where it is refused. */
  onEdit: (edit: PolicyEdit) => string | null
  /** Path of the rule that is shown in the text. */
  selected: string | null
  onSelect: (path: string | null) => void
  onSuggest: (() => void) | null
}

/** A policy as a picture: whom it is about in the middle, who may come in left of it, where it may go right of it. */
export function VisualEditor({ visual, base, ground, onEdit, selected, onSelect, onSuggest }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [ask, setAsk] = useState<Ask | null>(null)
  const tools = useMemo<VisualTools>(
    () => ({ visual, ground, own: visual.ref.namespace, edit: onEdit, ask: setAsk }),
    [visual, ground, onEdit],
  )
  const ingress = visual.sides.find(({ direction }) => direction === 'ingress')
  const egress = visual.sides.find(({ direction }) => direction === 'egress')
  const column = (side: typeof ingress) =>
    side && (
      <SideColumn
        side={side}
        base={base?.sides.find(({ direction }) => direction === side.direction)}
        selected={selected}
        onSelect={onSelect}
        onSuggest={onSuggest}
      />
    )
  return (
    <VisualProvider value={tools}>
      <div
        ref={frame}
        className="relative grid min-h-full grid-cols-1 items-start gap-y-4 px-5 py-4.5 @lg:grid-cols-[minmax(0,1.15fr)_1.75rem_minmax(0,1fr)_1.75rem_minmax(0,1fr)] @3xl:grid-cols-[minmax(0,1.15fr)_2.75rem_minmax(0,1fr)_2.75rem_minmax(0,1fr)]"
      >
        <RuleLines frame={frame} />
        <div data-side="ingress" className="relative">
          {column(ingress)}
        </div>
        <div aria-hidden="true" className="hidden @lg:block" />
        <div className="relative @lg:pt-7">
          <SubjectCard />
          {visual.also.length > 0 && (
            <p className="mt-2 text-xs text-fg-3">
              In the YAML only: {visual.also.map(({ path }) => pathText(path)).join(', ')}.
            </p>
          )}
        </div>
        <div aria-hidden="true" className="hidden @lg:block" />
        <div data-side="egress" className="relative">
          {column(egress)}
        </div>
      </div>
      <VisualDialogs ask={ask} />
    </VisualProvider>
  )
}
