import type { PodsOfEnd } from '@/core/encryption/edge-proof'
import { formatPercent } from '../format'

const keyWords: Readonly<Record<PodsOfEnd['keys'], string>> = {
  wireguard: 'WireGuard key',
  ipsec: 'IPsec',
  none: 'no tunnel key',
  unknown: 'keys not known',
}

const most = 12

/** The nodes of an end's pods, each with its key and the proxies there. */
export function EndPods({ end, pods }: { end: string; pods: readonly PodsOfEnd[] | null }) {
  return (
    <div className="border-b border-line py-1.5 last:border-b-0">
      <p className="text-fg-2">{end}</p>
      {pods === null ? (
        <p className="text-xs text-fg-3">outside, or not known</p>
      ) : (
        <ul className="text-xs">
          {pods.slice(0, most).map(({ node, proxy, hostNetwork, share, keys }) => (
            <li key={`${node} ${proxy} ${hostNetwork}`} className="flex justify-between gap-3 py-0.5">
              <span className="font-mono wrap-anywhere">{node}</span>
              <span className="text-right text-fg-2">
                {keyWords[keys]} · {hostNetwork ? 'host network' : proxy === 'none' ? 'no proxy' : `proxy: ${proxy}`} ·{' '}
                {formatPercent(share)}
              </span>
            </li>
          ))}
          {pods.length > most && <li className="text-fg-3">and {pods.length - most} more</li>}
        </ul>
      )}
    </div>
  )
}
