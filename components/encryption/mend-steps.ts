import type { Mend } from '@/core/encryption/causes'
import { shellWord } from '../sources/shell-word'

/** What to do, and the command for it where there is one. */
export type MendStep = { readonly say: string; readonly command: string | null }

const step = (say: string, command: string | null = null): MendStep => ({ say, command })

/** What mends a plaintext edge, for each mesh or network that it may be done with. */
export function mendSteps({ code, subject }: Pick<Mend, 'code' | 'subject'>): readonly MendStep[] {
  const [first = ''] = subject
  const names = subject.map(shellWord).join(' ')
  switch (code) {
    case 'mesh-namespace':
      return [
        step('With Istio’s sidecars:', `kubectl label namespace ${names} istio-injection=enabled --overwrite`),
        step(
          'With Istio’s ambient mode:',
          `kubectl label namespace ${names} istio.io/dataplane-mode=ambient --overwrite`,
        ),
        step('With Linkerd:', `kubectl annotate namespace ${names} linkerd.io/inject=enabled --overwrite`),
        step(
          'Proxies that are injected come with the next start of the pods:',
          subject.map((name) => `kubectl rollout restart deployment -n ${shellWord(name)}`).join('\n'),
        ),
      ]
    case 'mesh-workload':
      return subject.map((name) =>
        step(
          `Take ${name} into the mesh that its callers are in. With Istio’s sidecars, its pod template needs the label sidecar.istio.io/inject=true; with Linkerd the annotation linkerd.io/inject=enabled:`,
          editCommand(name),
        ),
      )
    case 'remove-annotation':
      return [
        step(
          'The pod template tells the proxy to leave the port alone: traffic.sidecar.istio.io/excludeInboundPorts or excludeOutboundPorts with Istio, config.linkerd.io/skip-inbound-ports or skip-outbound-ports with Linkerd. Show it:',
          `kubectl get deployment ${inNamespace(first)} -o jsonpath='{.spec.template.metadata.annotations}'`,
        ),
        step('Then take the port out:', editCommand(first)),
      ]
    case 'change-policy':
      return subject.map((name) =>
        step(
          `${name} says that plaintext is to be spoken. Look at it:`,
          `kubectl get peerauthentication,destinationrule ${inNamespace(name)} -o yaml`,
        ),
      )
    case 'add-node-keys':
      return [
        step(
          `Without a key: ${subject.join(', ')}. With Calico, each node needs the WireGuard module; see what it says:`,
          `kubectl get node ${names} -o yaml | grep -i wireguard`,
        ),
        step(
          'With Cilium, see why its agent there has none:',
          'kubectl -n kube-system exec ds/cilium -- cilium-dbg encrypt status',
        ),
      ]
    case 'turn-on-tunnel':
      return [
        step(
          'With Calico:',
          `kubectl patch felixconfiguration default --type=merge -p '{"spec":{"wireguardEnabled":true}}'`,
        ),
        step(
          'With Cilium:',
          'helm upgrade cilium cilium/cilium -n kube-system --reuse-values --set encryption.enabled=true --set encryption.type=wireguard',
        ),
      ]
    case 'one-mesh':
      return [
        step(`${subject.join(' and ')} are in different meshes, which cannot verify each other. Take both into one.`),
      ]
    case 'make-strict':
      return makeStrict(subject)
    case 'speak-tls':
      return [step(`No mesh and no tunnel reaches ${first}: the application itself has to speak TLS with it.`)]
  }
}

/** `-n shop web` of `shop/web`. */
function inNamespace(path: string): string {
  const cut = path.indexOf('/')
  if (cut < 0) return shellWord(path)
  return `-n ${shellWord(path.slice(0, cut))} ${shellWord(path.slice(cut + 1))}`
}

const editCommand = (path: string): string => `kubectl edit deployment ${inNamespace(path)}`

/** The policy that says PERMISSIVE is changed: beside it a younger one would not hold. */
function makeStrict([namespace = '', policy]: readonly string[]): readonly MendStep[] {
  const spec = { mtls: { mode: 'STRICT' } }
  const own = {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace },
    spec,
  }
  return [
    step(
      policy
        ? `${policy} says how ${namespace} takes calls. Let it refuse plaintext:`
        : `No policy of ${namespace} says how it takes calls. Let it refuse plaintext:`,
      policy
        ? `kubectl patch peerauthentication ${inNamespace(policy)} --type=merge -p ${shellWord(JSON.stringify({ spec }))}`
        : `echo ${shellWord(JSON.stringify(own))} | kubectl apply -f -`,
    ),
    step(
      'Callers that call more rarely than was looked back would be refused too. Then watch for refused calls; PERMISSIVE takes it back:',
      `kubectl get peerauthentication -n ${shellWord(namespace)} -o yaml`,
    ),
  ]
}
