/** Who codes, and who sits here. */
import { chairsFor, clearPinOf, setOwnPin, sitDown } from '../team/chairs.ts'
import { getCoder, listCoders } from '../team/coders.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const codersVerbs = ({ project, db, sitting, noteSeated }: Desk): VerbsOf<'coders'> => ({
  'coders.list': () => listCoders(db()),
  'coders.add': ({ coderId, name }) => project().addCoder(name, coderId),
  'coders.rename': ({ coderId, id, name }) => {
    project().change(coderId, 'coder.rename', { id, name })
    return getCoder(db(), id)
  },
  'coders.setRole': ({ coderId, id, role }) => {
    project().change(coderId, 'coder.setRole', { id, role })
    return getCoder(db(), id)
  },
  'coders.codeAgain': ({ coderId, person, id }) => project().codeAgain(coderId, person, id),
  'coders.addConsensus': ({ coderId }) => project().addConsensus(coderId),
  'coders.chairs': () => chairsFor(project(), sitting()),
  'coders.activate': (asked) => {
    const words = sitDown(project(), sitting(), asked)
    noteSeated()
    return { words }
  },
  'coders.setPin': ({ current, pin }) => {
    setOwnPin(project(), { current, pin })
    return done
  },
  'coders.clearPin': ({ id, pin }) => {
    clearPinOf(project(), { id, pin })
    return done
  },
})
