import { sendJson } from '../api'
import { teamPath } from '../settings/team-path'

/** Read by the server, which narrows rights by it (server/auth/cookie.ts). */
const cookie = 'oriel-view-as'

const write = (team: string | null): void => {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  const age = team === null ? '; max-age=0' : ''
  document.cookie = `${cookie}=${encodeURIComponent(team ?? '')}; path=/; samesite=lax${age}${secure}`
}

/** Looks on as a member of a team. The console is loaded anew: nothing that was known stays. */
export async function beginTeamView(team: string): Promise<void> {
  await sendJson('PUT', 'team-view', { team })
  write(team)
  location.assign('/')
}

/** Is oneself again, with the page of the team. */
export async function endTeamView(team: string): Promise<void> {
  // Whatever the server says, one is oneself again.
  await sendJson('DELETE', 'team-view').catch(() => null)
  write(null)
  location.assign(teamPath({ name: team }))
}
