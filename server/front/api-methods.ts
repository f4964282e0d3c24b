import { apiPaths } from './api-paths'

const known = new Map(
  apiPaths.map((line) => {
    const [path = '', ...methods] = line.split(' ')
    return [path, methods] as const
  }),
)
const patterns = [...known]
  .filter(([path]) => path.includes('{'))
  .map(([path, methods]) => [path.split('/'), methods] as const)

/** The methods that a path of the API takes, with those that come with reading; null: there is no such path. */
export function methodsOf(path: string): readonly string[] | null {
  if (!path.startsWith(base)) return null
  const name = path.slice(base.length).replace(/\/$/, '')
  const methods = known.get(name) ?? patternOf(name.split('/'))
  if (methods === undefined) return null
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}

const base = '/api/v1/'

const patternOf = (parts: readonly string[]) =>
  patterns.find(
    ([pattern]) =>
      pattern.length === parts.length && pattern.every((part, at) => part.startsWith('{') || part === parts[at]),
  )?.[1]
