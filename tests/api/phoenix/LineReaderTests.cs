using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend.Tests.Phoenix;

public sealed class LineReaderTests
{
    private const int Longest = 20;

    [Fact]
    public async Task Lines_come_as_they_were_however_the_stream_is_cut()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomText(random);

            var read = await ReadAsync(text, random);

            Assert.Equal(Expected(text), read);
        }
    }

    /// <summary>What a splitter that holds all of it says; null stands for a line that is too long.</summary>
    private static List<string?> Expected(string text)
    {
        var lines = text.Split('\n').ToList();
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return [.. lines.Select(line => line.Length > Longest ? null : line.EndsWith('\r') ? line[..^1] : line)];
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var line = random.Next(0, 12); line > 0; line--)
        {
            text.Append('x', random.Next(0, 3) == 0 ? random.Next(0, 80) : random.Next(0, Longest + 2));
            text.Append(random.Next(0, 4) == 0 ? "\r\n" : "\n");
        }

        return text.Append('y', random.Next(0, 3)).ToString();
    }

    private static async Task<List<string?>> ReadAsync(string text, Random random)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(pipe.Writer, Encoding.UTF8.GetBytes(text), random);
        List<string?> lines = [];
        using (var reader = new LineReader(pipe.Reader, Longest))
        {
            while (await reader.MoveNextAsync(CancellationToken.None))
            {
                Assert.Equal(lines.Count + 1, reader.Number);
                lines.Add(reader.TooLong ? null : Encoding.UTF8.GetString(reader.Line.ToArray()));
            }
        }

        await writing;
        return lines;
    }

    private static async Task WriteAsync(PipeWriter writer, byte[] bytes, Random random)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - start, random.Next(1, 30));
            await writer.WriteAsync(bytes.AsMemory(start, length));
            await Task.Yield();
            start += length;
        }

        await writer.CompleteAsync();
    }
}
