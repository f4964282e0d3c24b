/** One way to connect a source: for whom it is, and what to type. */
export type Way = { readonly title: string; readonly text: string; readonly command: string }

/** The ways of one kind of source. */
export type SourceGuide = {
  readonly name: string
  /** What it tells. */
  readonly tells: string
  readonly ways: readonly Way[]
}

const inCluster = (name: string) =>
  `Oriel finds ${name} in the cluster that it runs in, unless its configuration names sources.`

/** How to connect each kind of source, in the order in which the page lists them. */
export const guides: readonly SourceGuide[] = [
  {
    name: 'Cilium Hubble',
    tells: 'Every flow with its verdict; requests where Cilium’s proxy reads them.',
    ways: [
      {
        title: 'Oriel in the cluster',
        text: `${inCluster('Hubble Relay')} It needs Cilium with Hubble Relay on.`,
        command: 'cilium hubble enable\nkubectl apply -f deploy/kubernetes.yaml',
      },
      {
        title: 'Through a port-forward',
        text: 'For a look from your own machine.',
        command:
          'kubectl -n kube-system port-forward service/hubble-relay 4245:80 &\nnpm start -- --kubeconfig ~/.kube/config --hubble localhost:4245',
      },
      {
        title: 'With mutual TLS',
        text: 'In a file, with --config FILE. Certificates are read again when they change.',
        command: `sources:
  - type: hubble
    cluster: prod-eu-1
    address: hubble-relay.example:443
    tls:
      ca: /etc/oriel/ca.crt
      cert: /etc/oriel/client.crt
      key: /etc/oriel/client.key
      serverName: ui.hubble-relay.cilium.io`,
      },
    ],
  },
  {
    name: 'Calico Goldmane',
    tells: 'Connections, bytes and verdicts of every pair, with the policies that decided (Calico 3.30 and later).',
    ways: [
      {
        title: 'Through a port-forward',
        text: 'Goldmane asks for a client certificate that Calico’s authority signed; that of Whisker’s backend will do. It opens every flow: let nobody else read the files.',
        command: `umask 077; cd ~/.config/oriel
kubectl -n calico-system get secret whisker-backend-key-pair -o jsonpath='{.data.tls\\.crt}' | base64 -d > goldmane.crt
kubectl -n calico-system get secret whisker-backend-key-pair -o jsonpath='{.data.tls\\.key}' | base64 -d > goldmane.key
kubectl -n calico-system get configmap goldmane-ca-bundle -o jsonpath='{.data.tigera-ca-bundle\\.crt}' > goldmane-ca.crt
kubectl -n calico-system port-forward service/goldmane 7443:7443`,
      },
      {
        title: 'With mutual TLS',
        text: 'In a file, with --config FILE.',
        command: `sources:
  - type: goldmane
    address: localhost:7443
    tls:
      ca: goldmane-ca.crt
      cert: goldmane.crt
      key: goldmane.key
      serverName: goldmane.calico-system.svc`,
      },
      {
        title: 'From Felix, without Goldmane',
        text: 'On each node: Felix connects to Oriel’s socket and tells the same flows, with the node’s name and without Calico’s certificates.',
        command: `kubectl patch felixconfiguration default --type merge -p '{"spec":{"flowLogsLocalReporter":"Enabled"}}'
# in Oriel's configuration on the node
sources:
  - type: goldmane-node
    node: worker-1
    socket: /var/run/calico/flows/flows.sock`,
      },
    ],
  },
  {
    name: 'Prometheus',
    tells: 'What it scrapes of Istio, Linkerd, Envoy, Felix, OpenTelemetry service graphs and OBI or Beyla.',
    ways: [
      {
        title: 'A server at hand',
        text: 'A few queries an interval for the whole cluster, whatever its size.',
        command:
          'kubectl -n monitoring port-forward service/prometheus 9090:9090 &\nnpm start -- --kubeconfig ~/.kube/config --prometheus http://localhost:9090',
      },
      {
        title: 'Thanos or Mimir, with a tenant',
        text: 'Secrets are in files, which are read again when they change.',
        command: `sources:
  - type: prometheus
    url: https://mimir.example/prometheus
    headers: { X-Scope-OrgID: team-a }
    bearerTokenFile: /etc/oriel/token`,
      },
      {
        title: 'Without Prometheus',
        text: 'Oriel scrapes the proxies itself. It must reach the pods, so it runs in the cluster.',
        command: 'sources:\n  - type: scrape',
      },
    ],
  },
  {
    name: 'Envoy access logs',
    tells: 'Each request and connection with its code, flags, peers and TLS, from Istio’s or your own Envoys.',
    ways: [
      {
        title: 'Oriel listens',
        text: 'On loopback unless you name another address; give it TLS where proxies come from elsewhere.',
        command: 'sources:\n  - type: als\n    listen: 0.0.0.0:9001',
      },
      {
        title: 'Istio sends',
        text: 'As an extension provider of the mesh, turned on for all or one namespace by a Telemetry.',
        command: `meshConfig:
  extensionProviders:
    - { name: oriel-http, envoyHttpAls: { service: oriel-collector.oriel.svc.cluster.local, port: 9001 } }
    - { name: oriel-tcp, envoyTcpAls: { service: oriel-collector.oriel.svc.cluster.local, port: 9001 } }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: oriel, namespace: istio-system }
spec:
  accessLogging: [{ providers: [{ name: oriel-http }, { name: oriel-tcp }] }]`,
      },
    ],
  },
  {
    name: 'OpenTelemetry traces',
    tells: 'Calls between applications, to databases, queues and outside services, with or without a mesh.',
    ways: [
      {
        title: 'Oriel listens',
        text: 'OTLP over gRPC and HTTP, on loopback unless you name other addresses.',
        command: 'npm start -- --kubeconfig ~/.kube/config --otlp localhost:4317 localhost:4318',
      },
      {
        title: 'A collector sends',
        text: 'One more exporter beside the one that you have.',
        command: `exporters:
  otlp/oriel:
    endpoint: oriel-collector.oriel.svc:4317
    tls: { insecure: true }
service:
  pipelines:
    traces: { exporters: [otlp/oriel] }`,
      },
    ],
  },
  {
    name: 'A recorded capture',
    tells: 'What was saved elsewhere. Importing the same again counts nothing twice.',
    ways: [
      {
        title: 'From files or standard input',
        text: 'Plain or gzip.',
        command: `oriel import hubble flows.jsonl.gz
hubble observe -o jsonpb --since 1h | oriel import hubble -
oriel import goldmane flows.jsonl
oriel import als access.jsonl
oriel import otlp traces.jsonl
oriel import zipkin traces.json
oriel import prometheus-text metrics.txt`,
      },
    ],
  },
]
