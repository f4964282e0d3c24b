import { apiPaths } from './api-paths'

/** Where people and providers log in and out, besides the page. */
const loginPaths = [
  'login/backchannel/{provider} POST',
  'login/begin/{provider} GET',
  'login/callback/{provider} GET',
  'login/local POST',
  'logout POST',
]

const known = new Map(
  [...apiPaths.map((line) => `api/v1/${line}`), ...loginPaths].map((line) => {
    const [path = '', ...methods] = line.split(' ')
    return [path, methods] as const
  }),
)
const patterns = [...known]
  .filter(([path]) => path.includes('{'))
  .map(([path, methods]) => [path.split('/'), methods] as const)

/** The methods that a path of the API or of logins takes, with those that come with reading; null: there is no such path. */
export function methodsOf(path: string): readonly string[] | null {
  const name = path.slice(1).replace(/\/$/, '')
  const methods = known.get(name) ?? patternOf(name.split('/'))
  if (methods === undefined) return null
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}

const patternOf = (parts: readonly string[]) =>
  patterns.find(
    ([pattern]) =>
      pattern.length === parts.length && pattern.every((part, at) => part.startsWith('{') || part === parts[at]),
  )?.[1]
