'use client'

import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../access/queries'
import { beginTeamView } from '../access/team-view'
import { Button } from '../ui/button'
import { useChange } from './use-change'

/** Shows the console as members of the team see it. */
export function TeamViewButton({ team }: { team: string }) {
  const { data: me } = useQuery(meQuery())
  const { change, busy, problem } = useChange({
    run: () => beginTeamView(team),
    done: () => `You see what members of ${team} see`,
    forget: [],
  })
  if (!me || me.viewAs !== null) return null
  return (
    <>
      {problem !== null && (
        <span role="alert" className="self-center text-xs">
          {problem}
        </span>
      )}
      <Button disabled={busy} onClick={() => change(undefined)} title="Everything is narrowed to what its members see">
        View as this team
      </Button>
    </>
  )
}
