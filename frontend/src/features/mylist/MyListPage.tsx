export function MyListPage() {
  return <p>MyListPage</p>;
}
