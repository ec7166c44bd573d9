import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

/**
 * Clears the answers of all tabs and reloads the documentation when the viewer changes.
 * @param viewer identifies the viewer
 */
export function useViewerChange(viewer: unknown): void {
  const { introspect, moveTab, updateActiveTabValues, stop } = useGraphiQLActions();
  const { tabs, active, responses } = useGraphiQL(({ tabs, activeTabIndex, responseEditor }) => ({
    tabs,
    active: activeTabIndex,
    responses: responseEditor,
  }));
  const former = useRef(viewer);
  useEffect(() => {
    if (former.current === viewer) return;
    former.current = viewer;
    stop();
    moveTab(tabs.map((tab, index) => (index === active ? tab : { ...tab, response: null })));
    updateActiveTabValues({ response: null });
    responses?.setValue('');
    introspect();
  }, [viewer, tabs, active, responses, introspect, moveTab, updateActiveTabValues, stop]);
}
