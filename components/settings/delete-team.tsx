'use client'

import { useRouter } from 'next/navigation'
import type { TeamItem } from '@/core/access/settings-teams'
import { sendJson } from '../api'
import { plural } from '../format'
import { ConfirmDialog } from './confirm-dialog'
import { forgetDraft } from './kept-drafts'
import { useChange } from './use-change'

/** Asks before a team goes, and says who loses what. */
export function DeleteTeam({ team, onClose }: { team: TeamItem; onClose: () => void }) {
  const router = useRouter()
  const { change, busy, problem } = useChange({
    run: () => sendJson('DELETE', `teams/${team.id}`),
    done: () => `Team ${team.name} is deleted`,
    forget: ['teams', 'members', 'me'],
    after: () => {
      forgetDraft(team)
      router.push('/settings/teams')
    },
  })
  const groups = [...new Set([...team.viewers, ...team.editors])]
  return (
    <ConfirmDialog
      title={`Delete team ${team.name}?`}
      action="Delete team"
      busy={busy}
      problem={problem}
      onConfirm={() => change(undefined)}
      onClose={onClose}
    >
      <p>
        {groups.length === 0
          ? 'No group has a role in it, so nobody loses anything.'
          : `Members of ${groups.join(', ')} no longer see ${plural(team.namespaces.length, 'namespace')} by it, from the next request on. What they have by other teams stays.`}
      </p>
      <p>The namespaces and their data stay.</p>
    </ConfirmDialog>
  )
}
