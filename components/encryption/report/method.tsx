import { Chapter } from './parts'

const method = [
  'Coverage is measured from traffic that was seen, not from configuration. Each edge (a caller, a callee and a port) is classified by what witnesses told of it in the period, weighted by how much it carried.',
  'Two layers are judged apart. Identity: proxies of a mesh tell whether both peers proved who they are (mTLS). Way: between which nodes the traffic went, and whether both have keys of WireGuard or IPsec at that time.',
  'For each edge and layer one witness is chosen (the callee’s proxy before waypoints before the caller’s proxy; the network for the way), then edges are added. Nothing is averaged and no traffic is counted twice.',
  'Where the layers come from different witnesses, only what is certain of both is claimed; the rest has no evidence. “Least” takes all of that for plaintext, “most” for encrypted.',
  'Where an end has no mesh proxy, the way is open and nobody saw TLS, the edge is concluded to be plaintext. A port that is by custom spoken over TLS counts as TLS with an unverified peer.',
  'Traffic between pods on one node never leaves it. It is shown beside coverage and counts neither as encrypted nor as plaintext. Loopback, refused traffic and the tunnels’ own packets are left out.',
]

const notClaimed = [
  'Traffic that no source saw. Gaps of sources in the period are named above where there were any.',
  'That a cipher, a key length or a certificate authority meets a standard. This report states evidence, not compliance.',
  'Encryption at rest, and encryption of payloads by the application inside of its protocol.',
  'What happens beyond the outside party that an edge ends at.',
]

/** How the figures came about, in plain words, and what they do not say. */
export const Method = () => (
  <>
    <Chapter title="Method">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {method.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Chapter>
    <Chapter title="What is not claimed">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {notClaimed.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Chapter>
  </>
)
