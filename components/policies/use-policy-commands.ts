'use client'

import { useMemo } from 'react'
import type { Command } from '../shell/commands'
import { usePageCommands } from '../shell/page-commands'
import type { ShownPage } from './shown-page'
import { type PoliciesState, policyViews } from './use-policies-state'

/** Offers the views and every policy in the command menu. */
export function usePolicyCommands(page: ShownPage | undefined, { setView, open }: PoliciesState): void {
  const policies = page?.policies
  const commands = useMemo(
    (): readonly Command[] => [
      ...policyViews.map((view) => ({
        id: `policies ${view}`,
        group: 'Policies',
        label: `Policies: ${view}`,
        keywords: ['view'],
        run: () => setView(view),
      })),
      ...(policies ?? []).map(({ key, name, ref }) => ({
        id: `policy ${key}`,
        group: 'Policies',
        label: name,
        hint: ref.namespace ?? 'whole cluster',
        run: () => open(key),
      })),
    ],
    [policies, setView, open],
  )
  usePageCommands('policies', commands)
}
