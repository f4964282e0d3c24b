import { env } from './env'

/** Names that the console may be reached by, beside those of this machine itself. */
export function knownHosts(): readonly string[] {
  const { host, hosts, url } = env().web
  return [...hosts, host, ...(url === undefined ? [] : [new URL(url).host])]
}
