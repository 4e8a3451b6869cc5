using System.Buffers;

namespace Laurel.Storage;

/// <summary>
/// A list in memory of the shared pool: one that lives for a commit and holds a thousand elements would else be new large arrays, and
/// their zeroing and collection, many times a second.
/// </summary>
internal sealed class PooledList<T>
    where T : unmanaged
{
    private const int LeastCapacity = 64;

    private T[] _items = [];

    public int Count { get; private set; }

    public ref readonly T this[int index] => ref _items.AsSpan(0, Count)[index];

    public void Add(in T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[Count++] = item;
    }

    /// <summary>Empties it and gives its memory back.</summary>
    public void LetGo()
    {
        if (_items.Length > 0)
            ArrayPool<T>.Shared.Return(_items);
        _items = [];
        Count = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(LeastCapacity, Count * 2));
        _items.CopyTo(larger.AsSpan());
        if (_items.Length > 0)
            ArrayPool<T>.Shared.Return(_items);
        _items = larger;
    }
}
