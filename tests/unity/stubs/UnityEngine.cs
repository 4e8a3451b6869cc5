using System;

// What the scripts use of the engine, by its documented signatures.
namespace UnityEngine
{
    [Flags]
    public enum HideFlags
    {
        HideAndDontSave = 61,
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class SerializeField : Attribute
    {
    }

    public class Object
    {
        public HideFlags hideFlags { get; set; }

        public static T Instantiate<T>(T original, Transform parent) where T : Object => throw new NotSupportedException();

        public static void DontDestroyOnLoad(Object target) => throw new NotSupportedException();
    }

    public class Component : Object
    {
        public GameObject gameObject => throw new NotSupportedException();

        public Transform transform => throw new NotSupportedException();
    }

    public class Behaviour : Component
    {
    }

    public class MonoBehaviour : Behaviour
    {
    }

    public class Transform : Component
    {
        public Transform parent { get; set; }
    }

    public sealed class GameObject : Object
    {
        public GameObject(string name) => throw new NotSupportedException();

        public Transform transform => throw new NotSupportedException();

        public T AddComponent<T>() where T : Component => throw new NotSupportedException();

        public T[] GetComponentsInChildren<T>(bool includeInactive) => throw new NotSupportedException();

        public void SetActive(bool value) => throw new NotSupportedException();
    }

    public static class Time
    {
        public static double realtimeSinceStartupAsDouble => throw new NotSupportedException();
    }

    public static class PlayerPrefs
    {
        public static string GetString(string key, string defaultValue) => throw new NotSupportedException();

        public static void SetString(string key, string value) => throw new NotSupportedException();

        public static void Save() => throw new NotSupportedException();
    }

    public class AsyncOperation
    {
        public event Action<AsyncOperation> completed
        {
            add => throw new NotSupportedException();
            remove => throw new NotSupportedException();
        }
    }
}
