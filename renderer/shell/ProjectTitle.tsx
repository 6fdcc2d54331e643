import { useEffect, useState } from 'react'
import { coderId, save, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { TextField } from '../ui/Field.tsx'

/** The project's name; kept when the field is left. */
export function ProjectTitle() {
  const title = useSession((state) => state.project?.title ?? '')
  const [text, setText] = useState(title)
  useEffect(() => setText(title), [title])
  const keep = () => {
    const wanted = text.trim()
    if (wanted === '') setText(title)
    else if (wanted !== title) {
      save(store.project.rename({ coderId: coderId(), title: wanted }), (project) =>
        useSession.setState({ project }),
      )
    }
  }
  return (
    <TextField
      label="Title"
      value={text}
      maxLength={300}
      onText={setText}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
        else if (event.key === 'Escape' && text !== title) {
          event.stopPropagation()
          setText(title)
        }
      }}
    />
  )
}
