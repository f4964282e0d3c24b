import { applyEdit } from './apply-edit'
import type { PolicyEdit } from './policy-edit'
import type { Peer } from './visual'

export const reports: Peer = {
  is: 'pods',
  namespaces: { pick: 'named', names: ['data'] },
  pods: { terms: [{ key: 'app', op: 'in', values: ['reports'] }] },
}

export const accounts = `# of the accounts team
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: accounts-postgres # the database
  namespace: accounts
spec:
  podSelector:
    matchLabels: { app: accounts-postgres }
  policyTypes: [Ingress]
  ingress:
    # owners of this data
    - from:
        - podSelector:
            matchExpressions:
              - { key: app, operator: In, values: [identity, profiles] }
      ports: [{ port: 5432 }]
    # the end
`

export const edited = (text: string, edit: PolicyEdit, object = 0): string => {
  const done = applyEdit(text, object, edit)
  if ('refused' in done) throw new Error(done.refused)
  return done.text
}

/** The lines that an edit takes away and puts in. */
export function lines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++
  return [
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
  ]
}

export const first = ['spec', 'ingress', 0]
