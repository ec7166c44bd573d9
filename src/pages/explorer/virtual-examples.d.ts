declare module 'virtual:examples' {
  const examples: readonly import('./example.ts').Example[];
  export default examples;
}
