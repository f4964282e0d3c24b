'use client'

import type { Path } from '@/core/policy/edit/path'
import { actionWords } from '@/core/policy/edit/pick-words'
import type { PolicyEdit } from '@/core/policy/edit/policy-edit'
import type { Side, VisualRule } from '@/core/policy/edit/visual'
import { ActionMenu, type Action } from '../../ui/action-menu'
import { useAnnounce } from '../../ui/announcer'
import { useVisual } from './visual-context'

type Props = { side: Side; path: Path; rule: VisualRule; index: number }

/** What can be done with a rule. */
export function RuleMenu({ side, path, rule, index }: Props) {
  const { visual, ask, edit } = useVisual()
  const announce = useAnnounce()
  const { can } = visual
  const { direction, rules } = side
  const make = (change: PolicyEdit, said: string) => () => announce(edit(change) ?? said)
  const place = path.at(-1)
  const actions: Action[] = [
    {
      label: direction === 'ingress' ? 'Let in one more…' : 'Lead to one more…',
      run: () => ask({ ask: 'peer', direction, rule: path, at: null, peer: null }),
    },
  ]
  if (can.protocols.length > 0)
    actions.push({ label: 'Change ports…', run: () => ask({ ask: 'ports', direction, rule: path }) })
  if (can.requests[direction]) {
    const requests = rule.requests.are === 'some' ? rule.requests.items.map(({ value }) => value) : []
    actions.push({ label: 'Change requests…', run: () => ask({ ask: 'requests', rule: path, requests }) })
  }
  if (can.actionOf === 'rule')
    for (const action of can.actions)
      if (action !== rule.action)
        actions.push({
          label: `This rule ${actionWords[action]}`,
          run: make({ edit: 'set-action', rule: path, action }, 'Changed'),
        })
  if (can.ordered && typeof place === 'number') {
    if (index > 0)
      actions.push({ label: 'Move up', run: make({ edit: 'move-rule', rule: path, to: place - 1 }, 'Moved up') })
    if (index < rules.length - 1)
      actions.push({ label: 'Move down', run: make({ edit: 'move-rule', rule: path, to: place + 1 }, 'Moved down') })
  }
  actions.push({ label: 'Remove rule', run: make({ edit: 'remove-rule', rule: path }, 'Rule removed') })
  return (
    <ActionMenu label={`Change rule ${index + 1}`} actions={actions}>
      ⋯
    </ActionMenu>
  )
}
