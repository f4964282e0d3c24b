import { type IdentityProblem, identityProblem } from '@/core/access/cluster-identity'
import type { ActedAs } from '@/core/policy/apply/audited-change'
import type { ModelObject } from '@/core/policy/model'
import { isFields } from '@/core/policy/read'
import { toError } from '../errors'
import type { KubeConnection } from './client'
import { askKubernetes, type KubeAnswer, type KubeRequest } from './request'
import { fields } from './read-object'
import { statusOf } from './status'
import { KubeWriteError, problemOfStatus, type WriteAttempt, writeProblem } from './write-error'
import { objectPath, type WriteTarget } from './write-target'

/** The name under which fields that Oriel writes are kept in managedFields. */
export const fieldManager = 'oriel'

/** An API server and as whom it is asked; null: as the account of its kubeconfig. */
export type WriteClient = { readonly connection: KubeConnection; readonly as: ActedAs | null }

/** An object as it was answered. */
export type Written = {
  readonly object: ModelObject
  readonly created: boolean
  readonly warnings: readonly string[]
}

const answerWithinMs = 20_000

/** Reads an object anew; null where there is none. Throws KubeWriteError. */
export async function readObject(client: WriteClient, target: WriteTarget): Promise<ModelObject | null> {
  const attempt: WriteAttempt = { target, verb: 'get', as: client.as }
  const { status, body, text } = await ask(client, { method: 'GET', path: objectPath(target) })
  if (status === 200 && isFields(body)) return body
  const problem = problemOfStatus(statusOf(status, body, text), attempt)
  if (problem.code === 'gone') return null
  throw new KubeWriteError(problem)
}

export type ApplyOptions = {
  readonly dryRun: boolean
  /** Takes fields from other managers. Only where a person has chosen so. */
  readonly force: boolean
  /** It does not exist as far as is known; says which verb is needed. */
  readonly creates: boolean
}

/** Server-side apply of an object as our field manager. With `metadata.resourceVersion` it has to be this version still. Throws KubeWriteError. */
export async function applyObject(
  client: WriteClient,
  target: WriteTarget,
  object: ModelObject,
  { dryRun, force, creates }: ApplyOptions,
): Promise<Written> {
  const answer = await ask(client, {
    method: 'PATCH',
    path: objectPath(target),
    query: { fieldManager, force: String(force), dryRun: dryRun ? 'All' : undefined },
    headers: { 'Content-Type': 'application/apply-patch+yaml' },
    body: JSON.stringify(object),
  })
  return written(answer, { target, verb: creates ? 'create' : 'patch', as: client.as })
}

/** Puts an object in the place of the one that is there, which has to be of its `metadata.resourceVersion` still. Throws KubeWriteError. */
export async function replaceObject(
  client: WriteClient,
  target: WriteTarget,
  object: ModelObject,
  dryRun: boolean,
): Promise<Written> {
  const answer = await ask(client, {
    method: 'PUT',
    path: objectPath(target),
    query: { fieldManager, dryRun: dryRun ? 'All' : undefined },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(object),
  })
  return written(answer, { target, verb: 'update', as: client.as })
}

/** Deletes the object that has this uid and version still. Throws KubeWriteError. */
export async function deleteObject(
  client: WriteClient,
  target: WriteTarget,
  preconditions: { readonly uid: string; readonly resourceVersion: string },
  dryRun: boolean,
): Promise<{ readonly warnings: readonly string[] }> {
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, ...(dryRun && { dryRun: ['All'] }) }
  const answer = await ask(client, {
    method: 'DELETE',
    path: objectPath(target),
    query: { dryRun: dryRun ? 'All' : undefined },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(options),
  })
  if (answer.status === 200 || answer.status === 202) return { warnings: answer.warnings }
  throw new KubeWriteError(
    problemOfStatus(statusOf(answer.status, answer.body, answer.text), { target, verb: 'delete', as: client.as }),
  )
}

export type AccessQuestion = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

/** Whether the person may do it, by the cluster's own word, and why not where it says. Throws KubeWriteError. */
export async function reviewAccess(
  client: WriteClient,
  resourceAttributes: AccessQuestion,
): Promise<{ readonly allowed: boolean; readonly reason: string }> {
  const { status, body, text } = await ask(client, {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    }),
  })
  if (status !== 201 && status !== 200) {
    const { message } = statusOf(status, body, text)
    throw new KubeWriteError(
      writeProblem('forbidden', `The API server does not say what is allowed (${status}). It said: ${message}`),
    )
  }
  const answer = fields(fields(body).status)
  return {
    allowed: answer.allowed === true,
    reason: typeof answer.reason === 'string' ? answer.reason.slice(0, 300) : '',
  }
}

function written({ status, body, text, warnings }: KubeAnswer, attempt: WriteAttempt): Written {
  if ((status === 200 || status === 201) && isFields(body)) return { object: body, created: status === 201, warnings }
  throw new KubeWriteError(problemOfStatus(statusOf(status, body, text), attempt))
}

const unfit: Readonly<Record<IdentityProblem, string>> = {
  system: 'the console does not act as system: identities',
  characters: 'the name of the user or of a group has characters that cannot be told to a cluster',
  'too-long': 'the name of the user or of a group is too long to be told to a cluster',
  'too-many-groups': 'these are more groups than can be told to a cluster. Name those that count in kubernetes.groups',
}

/** A name as a header carries it: UTF-8, byte by byte. */
const headerText = (name: string) => Buffer.from(name, 'utf8').toString('latin1')

/** Asks as the person of the client. What is no fit identity, such as the cluster's own, is refused before anything is sent. */
async function ask({ connection, as }: WriteClient, request: KubeRequest): Promise<KubeAnswer> {
  const problem = as && identityProblem(as)
  if (problem) throw new KubeWriteError(writeProblem('forbidden', `${as.user}: ${unfit[problem]}.`))
  const who = as && {
    'Impersonate-User': headerText(as.user),
    ...(as.groups.length > 0 && { 'Impersonate-Group': as.groups.map(headerText) }),
  }
  try {
    return await askKubernetes(
      connection,
      { ...request, headers: { ...request.headers, ...who } },
      { signal: AbortSignal.timeout(answerWithinMs), idleMs: answerWithinMs },
    )
  } catch (thrown) {
    throw new KubeWriteError(writeProblem('unreachable', toError(thrown).message), { cause: thrown })
  }
}
