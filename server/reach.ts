import { readFileSync } from 'node:fs'
import type { Config } from './env'
import { AppError, toError } from './errors'
import { isLoopbackName } from './guard'

const shortestPassword = 16

/**
 * What keeps a console from being served: one that others can reach must know who they are, and tell them over an
 * encrypted connection. Connects nowhere. Throws AppError('invalid') with every problem and what to set.
 */
export function checkReach(config: Pick<Config, 'web' | 'auth'>): void {
  const problems = [...reachProblems(config), ...passwordProblems(config.auth.adminPasswordFile)]
  if (problems.length > 0)
    throw new AppError('invalid', `Oriel does not start:\n${problems.map((line) => `  ${line}`).join('\n')}`)
}

/** What is missing for others to reach it, files aside. */
export function reachProblems({ web, auth }: Pick<Config, 'web' | 'auth'>): readonly string[] {
  const because = reachedBy(web)
  if (because === null) return []
  const problems: string[] = []
  if (auth.providers.length === 0 && auth.adminPasswordFile === undefined)
    problems.push(
      `The console can be reached from elsewhere (${because}), and no login is configured. Set auth.providers (docs/login.md), or auth.adminPasswordFile to a file with a password of at least ${shortestPassword} characters. Or leave it on this machine: web.host 127.0.0.1, without web.hosts and web.url.`,
    )
  if (web.url === undefined)
    problems.push(
      `web.url: set it to the address that people open, for example https://oriel.example.org; logins lead back there (${because}).`,
    )
  else if (new URL(web.url).protocol === 'http:' && !isLoopbackName(new URL(web.url).host) && !auth.allowHttp)
    problems.push(
      'web.url: over http others can read passwords and sessions on their way. Write its https address, or set auth.allowHttp where nobody can listen.',
    )
  return problems
}

/** What lets others than who is on this machine reach the console; null: nothing. */
function reachedBy({ host, hosts, url }: Config['web']): string | null {
  if (!isLoopbackName(host)) return `web.host is ${host}`
  const other = hosts.find((name) => !isLoopbackName(name))
  if (other !== undefined) return `web.hosts names ${other}`
  return url !== undefined && !isLoopbackName(new URL(url).host) ? `web.url is ${url}` : null
}

function passwordProblems(path: string | undefined): readonly string[] {
  if (path === undefined) return []
  try {
    const { length } = readFileSync(path, 'utf8').trim()
    return length >= shortestPassword
      ? []
      : [
          `auth.adminPasswordFile: the password in ${path} has ${length} characters; it needs ${shortestPassword} or more.`,
        ]
  } catch (thrown) {
    return [`auth.adminPasswordFile: ${toError(thrown).message}`]
  }
}
