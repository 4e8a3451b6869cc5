namespace Laurel.Ranking.Tests;

public sealed class ByteArenaTests
{
    [Fact]
    public void An_arena_agrees_with_a_dictionary_after_any_additions_and_removals()
    {
        var random = Seeded.Random(out _);
        var arena = new ByteArena();
        var texts = new List<(uint Handle, byte[] Text)>();
        for (var step = 0; step < 100_000; step++)
        {
            if (texts.Count == 0 || random.Next(100) < 52)
            {
                var text = new byte[random.Next(10) == 0 ? random.Next(3000) : random.Next(40)];
                random.NextBytes(text);
                texts.Add((arena.Add(text), text));
            }
            else
            {
                var at = random.Next(texts.Count);
                Assert.True(arena.Read(texts[at].Handle, texts[at].Text.Length).SequenceEqual(texts[at].Text));
                arena.Free(texts[at].Handle, texts[at].Text.Length);
                texts[at] = texts[^1];
                texts.RemoveAt(texts.Count - 1);
            }
        }

        foreach (var (handle, text) in texts)
        {
            Assert.True(arena.Read(handle, text.Length).SequenceEqual(text));
        }
    }

    [Fact]
    public void Freed_room_is_used_again()
    {
        var arena = new ByteArena();
        var text = new byte[100];
        for (var i = 0; i < 1000; i++)
        {
            arena.Add(text);
        }

        var before = arena.AllocatedBytes;
        for (var i = 0; i < 100_000; i++)
        {
            arena.Free(arena.Add(text), text.Length);
        }

        Assert.True(arena.AllocatedBytes - before <= ByteArena.LongestText);
    }

    [Fact]
    public void Sixteen_bytes_take_sixteen_bytes()
    {
        var arena = new ByteArena();
        for (var i = 0; i < 100_000; i++)
        {
            arena.Add("player-000000001"u8);
        }

        Assert.InRange(arena.AllocatedBytes, 1_600_000, 1_600_000 + (2 * ByteArena.LongestText));
    }

    [Fact]
    public void The_longest_text_fits_and_a_longer_one_is_refused()
    {
        var arena = new ByteArena();
        var longest = new byte[ByteArena.LongestText];
        longest[^1] = 7;
        var handle = arena.Add(longest);
        Assert.True(arena.Read(handle, longest.Length).SequenceEqual(longest));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Add(new byte[ByteArena.LongestText + 1]));
    }
}
