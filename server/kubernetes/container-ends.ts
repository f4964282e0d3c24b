import type { ContainerEnd } from '@/core/marks/restart'
import { type Fields, fields, list, text, time, whole } from './read-object'

const most = 50

/**
 * The last end of each container that was started again, of a pod's status. While a container waits to be started
 * (CrashLoopBackOff) its count is yet of the restart before; an end of what is not started again is no restart.
 */
export function containerEnds(status: Fields): ContainerEnd[] {
  const containers = [...list(status.containerStatuses), ...list(status.initContainerStatuses)]
  return containers.slice(0, most).flatMap((value) => {
    const container = fields(value)
    const last = fields(fields(container.lastState).terminated)
    const waits = fields(container.state).waiting !== undefined
    const at = time(last.finishedAt)
    const count = (whole(container.restartCount) ?? 0) + (waits ? 1 : 0)
    const name = text(container.name)
    if (at === null || !name || count < 1 || count > maxCount) return []
    return [{ container: name, at, count, reason: text(last.reason, 64), exitCode: codeOf(last.exitCode) }]
  })
}

/** PostgreSQL's integer; Kubernetes' own fields are as wide. */
const maxCount = 2_147_483_647

function codeOf(value: unknown): number | null {
  const code = whole(value)
  return code !== null && Math.abs(code) <= maxCount ? code : null
}
