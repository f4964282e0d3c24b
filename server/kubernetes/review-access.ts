import {
  accessGroup,
  accessQuestions,
  type AccessName,
  type ClusterAccess,
  type ClusterScope,
} from '@/core/access/cluster-rights'
import { identityProblem } from '@/core/access/cluster-identity'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import { AppError, toError } from '../errors'
import type { KubeConnection } from './client'
import { fields } from './read-object'
import { type KubeAnswer, type KubeRequest, openQuestions } from './request'
import { statusOf } from './status'

/** Questions under way at a time. */
const atOnce = 8
const answerWithinMs = 5_000
/** All questions about somebody together. */
const reviewWithinMs = 15_000

const reviews = '/apis/authorization.k8s.io/v1/subjectaccessreviews'

/** What the API server adds to everybody who logged in, so that grants to it count here as they do there. */
const everybody = 'system:authenticated'

type Ask = (request: KubeRequest) => Promise<KubeAnswer>

/**
 * What a cluster lets somebody do in Oriel, by SubjectAccessReview: first of the whole cluster, then namespace by
 * namespace what is not allowed there. At most 3 + 2 × namespaces questions. Throws AppError('unavailable'), with a
 * sentence, where one of them was not answered.
 */
export async function reviewAccessOf(
  connection: KubeConnection,
  person: ActedAs,
  namespaces: readonly string[],
): Promise<ClusterAccess> {
  if (identityProblem(person))
    throw new AppError('forbidden', `${person.user} is no identity that clusters are asked about.`)
  const questions = await openQuestions(connection, atOnce)
  const all = AbortSignal.timeout(reviewWithinMs)
  const ask: Ask = (request) =>
    questions.ask(request, {
      signal: AbortSignal.any([all, AbortSignal.timeout(answerWithinMs)]),
      idleMs: answerWithinMs,
    })
  const may = (what: AccessName, namespace = '') => mayDo(ask, person, what, namespace)
  const scope = async (what: AccessName, among: readonly string[]): Promise<ClusterScope> =>
    (await may(what)) ? 'all' : new Set(await filtered(among, (namespace) => may(what, namespace)))
  try {
    const [admin, sees] = await Promise.all([may('admin'), scope('sees', namespaces)])
    const edits = await scope('edits', sees === 'all' ? namespaces : [...sees])
    return { admin, sees, edits }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError('unavailable', toError(thrown).message, { cause: thrown })
  } finally {
    questions.close()
  }
}

async function mayDo(ask: Ask, person: ActedAs, what: AccessName, namespace: string): Promise<boolean> {
  const { verb, resource } = accessQuestions[what]
  const { status, body, text } = await ask({
    method: 'POST',
    path: reviews,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: person.user,
        groups: [...person.groups, everybody],
        resourceAttributes: { group: accessGroup, resource, verb, namespace },
      },
    }),
  })
  if (status === 201 || status === 200) {
    const answer = fields(fields(body).status)
    return answer.allowed === true && answer.denied !== true
  }
  const { message } = statusOf(status, body, text)
  const todo =
    status === 403
      ? 'Bind a ClusterRole to the console’s account with the rule {apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"]}.'
      : 'It is asked again in a moment.'
  throw new AppError(
    'unavailable',
    `The API server does not say what is allowed (${status}). ${todo} It said: ${message}`,
  )
}

/** Those for which it holds, at most `atOnce` asked at a time; the first failure ends it. */
async function filtered(items: readonly string[], holds: (item: string) => Promise<boolean>): Promise<string[]> {
  const kept: string[] = []
  const left = items.values()
  const work = async () => {
    for (const item of left) if (await holds(item)) kept.push(item)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return kept
}
