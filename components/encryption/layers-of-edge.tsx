import type { UnitEvidence } from '@/core/encryption/classify-edge'
import { Fact, Section } from '../map/panel/panel-parts'
import { basisWords, unitWords } from './class-words'
import { identityWords, sharesText, wayWords } from './layer-words'
import { TellersText } from './tellers-text'

/** Both layers of an edge, each with who told it. */
export const LayersOfEdge = ({ evidence: { unit, identity, way } }: { evidence: UnitEvidence }) => (
  <Section title="Layer by layer" count={`of ${unitWords[unit]}`}>
    <Layer name="Identity" told={sharesText(identity.shares, identityWords)} layer={identity} />
    <Layer name="Way between nodes" told={sharesText(way.shares, wayWords)} layer={way} />
  </Section>
)

function Layer({
  name,
  told,
  layer,
}: {
  name: string
  told: string
  layer: UnitEvidence['identity'] | UnitEvidence['way']
}) {
  const { witness, countedIn, basis } = layer
  return (
    <Fact name={name}>
      {told}
      <span className="block text-xs text-fg-3">
        {basisWords(basis)}
        {witness && (
          <>
            , <TellersText witnesses={[witness]} />
          </>
        )}
        {countedIn && `, counted in ${countedIn}`}
      </span>
    </Fact>
  )
}
