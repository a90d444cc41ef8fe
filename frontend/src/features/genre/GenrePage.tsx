export function GenrePage() {
  return <p>GenrePage</p>;
}
