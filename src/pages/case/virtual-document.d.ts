/** The hash of the case page's trusted document, inserted by the build. */
declare module 'virtual:case-screen' {
  const documentId: string;
  export default documentId;
}

/** The hash of the access log's trusted document. */
declare module 'virtual:my-access-log' {
  const documentId: string;
  export default documentId;
}
