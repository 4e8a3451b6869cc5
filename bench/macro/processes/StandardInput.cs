namespace Laurel.Bench.Macro;

/// <summary>
/// The lines of standard input, read by a thread of its own: the console blocks whoever reads it, and a server has too few threads of the
/// pool to give one away.
/// </summary>
internal static class StandardInput
{
    /// <summary>Reads until the input ends.</summary>
    /// <param name="take">Gets each line, on that thread.</param>
    public static Task ReadAsync(Action<string> take)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            while (Console.In.ReadLine() is { } line)
                take(line);
            ended.SetResult();
        })
        { IsBackground = true, Name = "standard input" };
        thread.Start();
        return ended.Task;
    }
}
