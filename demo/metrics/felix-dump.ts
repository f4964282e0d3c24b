/** One tunnel of a machine as Felix would tell of it: what `wg show all dump` prints, in Prometheus's text format. */
export function felixFromDump(dump: string, hostname: string): string {
  const meta: string[] = []
  const sent: string[] = []
  const received: string[] = []
  const handshakes: string[] = []
  const keys = new Map<string, string>()
  for (const line of dump.trim().split('\n')) {
    const fields = line.split('\t')
    // wg(8): an interface has 5 fields, of which the second is its private key; a peer has 9.
    if (fields.length === 5) {
      const [iface = '', , publicKey = '', port = ''] = fields
      keys.set(iface, publicKey)
      meta.push(`wireguard_meta${labels({ hostname, public_key: publicKey, iface, listen_port: port })} 1`)
      continue
    }
    const [iface = '', peerKey = '', , endpoint = '', , handshake = '0', rx = '0', tx = '0'] = fields
    const of = labels({ hostname, public_key: keys.get(iface) ?? '', peer_key: peerKey, peer_endpoint: endpoint })
    received.push(`wireguard_bytes_rcvd${of} ${rx}`)
    sent.push(`wireguard_bytes_sent${of} ${tx}`)
    handshakes.push(`wireguard_latest_handshake_seconds${of} ${handshake}`)
  }
  return [
    '# TYPE wireguard_meta gauge',
    ...meta,
    '# TYPE wireguard_bytes_rcvd counter',
    ...received,
    '# TYPE wireguard_bytes_sent counter',
    ...sent,
    '# TYPE wireguard_latest_handshake_seconds gauge',
    ...handshakes,
    '',
  ].join('\n')
}

const labels = (of: Readonly<Record<string, string>>): string =>
  `{${Object.entries(of)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`
