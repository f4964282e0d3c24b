import type { ReactNode } from 'react'
import { CommandBlock } from '../ui/copy-button'

/** How to connect another source, by where Oriel runs. */
export function Connect() {
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Way
        title="Hubble, Oriel in the cluster"
        text="Relay is found by its Service, with nothing to set. It needs Cilium with Hubble Relay on."
      >
        <CommandBlock command={'cilium hubble enable\nkubectl apply -f deploy/kubernetes.yaml'} />
      </Way>
      <Way title="Hubble, through a port-forward" text="For a look from your own machine.">
        <CommandBlock
          command={
            'kubectl -n kube-system port-forward service/hubble-relay 4245:80\nnpm start -- --kubeconfig ~/.kube/config --hubble localhost:4245'
          }
        />
      </Way>
      <Way
        title="Hubble with mutual TLS"
        text="Put this into a file and start Oriel with --config FILE. Certificates are read again when they change."
      >
        <CommandBlock
          command={`sources:
  - type: hubble
    cluster: prod-eu-1
    address: hubble-relay.example:443
    tls:
      ca: /etc/oriel/ca.crt
      cert: /etc/oriel/client.crt
      key: /etc/oriel/client.key
      serverName: ui.hubble-relay.cilium.io`}
        />
      </Way>
      <Way
        title="A recorded capture"
        text="Plain or gzip, from files or standard input. Importing the same lines again counts nothing twice."
      >
        <CommandBlock
          command={'oriel import hubble flows.jsonl.gz\nhubble observe -o jsonpb --since 1h | oriel import hubble -'}
        />
      </Way>
    </div>
  )
}

const Way = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <section className="flex flex-col gap-2 rounded-lg border border-line bg-panel p-3.5">
    <h3 className="text-base font-semibold">{title}</h3>
    <p className="text-fg-2">{text}</p>
    {children}
  </section>
)
