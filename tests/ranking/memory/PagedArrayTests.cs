using System.Runtime.CompilerServices;

namespace Laurel.Ranking.Tests;

public sealed class PagedArrayTests
{
    [Fact]
    public void Every_element_has_its_own_place()
    {
        Fill<byte>(300_000, i => (byte)(i * 31));
        Fill<long>(100_000, i => i * 7L);
        Fill<Guid>(20_000, i => new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Fill<(int, int, int)>(50_000, i => (i, -i, 5));
    }

    [Fact]
    public void Growth_moves_nothing()
    {
        var array = new PagedArray<int>();
        array.EnsureCapacity(1);
        ref var first = ref array[0];
        array.EnsureCapacity(1_000_000);
        first = 42;
        Assert.True(Unsafe.AreSame(ref first, ref array[0]));
    }

    [Fact]
    public void New_elements_are_zero()
    {
        var array = new PagedArray<long>();
        array.EnsureCapacity(100_000);
        for (var i = 0; i < array.Capacity; i++)
        {
            Assert.Equal(0, array[i]);
        }
    }

    [Fact]
    public void An_array_of_few_elements_is_small()
    {
        var array = new PagedArray<int>();
        array.EnsureCapacity(10);
        Assert.InRange(array.AllocatedBytes, 40, 1024);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void An_index_in_no_page_throws(int index)
    {
        var array = new PagedArray<int>();
        array.EnsureCapacity(100_000);
        Assert.Throws<IndexOutOfRangeException>(() => array[index]);
    }

    private static void Fill<T>(int count, Func<int, T> valueOf)
        where T : unmanaged
    {
        var array = new PagedArray<T>();
        for (var i = 0; i < count; i++)
        {
            array.EnsureCapacity(i + 1);
            array[i] = valueOf(i);
        }

        for (var i = 0; i < count; i++)
        {
            Assert.Equal(valueOf(i), array[i]);
        }
    }
}
